"""A record with a page of its own leaves word when the page moves or goes."""

from django.db.models.signals import post_delete, post_save, pre_save

from .models import OldAddress, Published


def follow():
    """Listen to every model that has both a moment of publication and a page."""
    for signal, receiver in ((pre_save, remember), (post_save, leave_word), (post_delete, say_it_is_gone)):
        signal.connect(receiver, dispatch_uid=f"programme.addresses.{receiver.__name__}")


def has_page(model):
    return issubclass(model, Published) and hasattr(model, "get_absolute_url")


def remember(sender, instance, raw=False, **kwargs):
    if has_page(sender) and not raw and instance.pk and not instance._state.adding:
        instance._before = sender._base_manager.filter(pk=instance.pk).first()


def leave_word(sender, instance, created, raw=False, **kwargs):
    """What was on the site and is not there any more answers 410; what was never there leaves nothing."""
    if not has_page(sender) or raw:
        return
    before = instance.__dict__.pop("_before", None)
    now = instance.get_absolute_url()
    then = before.get_absolute_url() if before else now
    was_on_site = before is not None and before.is_published
    if was_on_site and instance.is_published and then == now:
        return
    was_there = was_on_site or (before is not None and _was_taken_off(then))
    if was_there and then != now:
        OldAddress.objects.moved(then, now)
    if instance.is_published:
        OldAddress.objects.taken(now)
    elif was_there and not instance.published_at:
        OldAddress.objects.removed(now)


def say_it_is_gone(sender, instance, **kwargs):
    """A made-up record leaves nothing behind."""
    if has_page(sender) and instance.is_published and not instance.is_sample:
        OldAddress.objects.removed(instance.get_absolute_url())


def _was_taken_off(path):
    return OldAddress.objects.filter(old_path=path, new_path="").exists()
