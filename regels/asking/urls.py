"""To ask a question, and to follow the own one: addresses with a secret in them."""

urlpatterns = []
