"""Brokerage roles (Gould and Fernandez 1989) and their null model."""
