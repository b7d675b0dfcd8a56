"""The values that pass between stages. Import them from the module that defines them."""
