"""The library of questions: finding one and answering it."""
