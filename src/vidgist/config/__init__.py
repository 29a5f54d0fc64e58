"""Settings: what they are, where each value comes from, and which sources are trusted.

settings    the values of one run
loading     defaults < user file < project file < environment < flags
trust       what a file of the current folder may set, and how a person says that it may set all
"""

from vidgist.config.loading import (
    Loaded,
    environment,
    load,
    private,
    public,
    without_login,
)
from vidgist.config.settings import OFFLINE, WITH_LOGIN, Fresh, Settings, at_home, current_folder
from vidgist.config.trust import PROJECT_FILE, user_folder

__all__ = [
    "OFFLINE",
    "PROJECT_FILE",
    "WITH_LOGIN",
    "Fresh",
    "Loaded",
    "Settings",
    "at_home",
    "current_folder",
    "environment",
    "load",
    "private",
    "public",
    "user_folder",
    "without_login",
]
