"""What somebody who subtracts published numbers from each other finds out about few people."""
