"""What is to be taken apart: lines without their dress, columns one after the other."""
