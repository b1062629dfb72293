"""What pages and documents show, computed in one place and explained."""
