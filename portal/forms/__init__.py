"""What people type: WTForms, one module a noun."""
