"""Opening other people's files safely: cells with addresses, and nothing known of what they mean."""
