"""The network of a run's settings, the same for every source."""

from vidgist import config
from vidgist.config import Settings
from vidgist.sources import _network, _youtube_dl
from vidgist.sources._network import Network


def network(settings: Settings) -> Network:
    """Return the network that the settings ask for. Raises `ConfigError` for a proxy, a cookie file or a
    browser that cannot be used.
    """
    return _network.create(settings, config.environment(), _youtube_dl.browser_cookies)
