from engage import create_app
from engage.config import settings

app = create_app(settings())
