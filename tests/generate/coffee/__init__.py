"""Parts of coffee_service.py: conversations, registers, and what people say."""
