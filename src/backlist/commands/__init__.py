"""What commands do beside building, one package a command; `cli` calls them."""
