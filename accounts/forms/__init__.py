"""What people type, made into what the actions take."""
