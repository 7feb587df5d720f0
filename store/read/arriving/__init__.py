"""What has arrived, read: the shelf, mail, what was said about the columns of files."""
