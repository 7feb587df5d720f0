"""What stands beside the columns of the card under the cursor."""
