"""What everybody reads: cases, rules, obstacles and schemes."""

urlpatterns = []
