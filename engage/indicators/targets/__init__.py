"""What q should reach, set only after the smallest visible change was shown."""
