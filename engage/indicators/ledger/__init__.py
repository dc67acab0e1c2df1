"""How people were listened to, each unit apart."""
