"""What the product costs: measured on demand, never asserted in tests."""
