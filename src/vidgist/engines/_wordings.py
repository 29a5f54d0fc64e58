"""Words by which servers say what is wrong, as their documentation and trackers show them. Data."""

import re
from functools import cached_property


class Words:
    """Any of some wordings; compiled at the first search, as most runs meet no error."""

    def __init__(self, *wordings: str) -> None:
        self._wordings = wordings

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(self._wordings), re.IGNORECASE | re.DOTALL)

    def search(self, text: str) -> re.Match[str] | None:
        return self._pattern.search(text)


EMPTY = Words(
    r"insufficient[_ ](?:quota|balance|credits?|funds|account)",
    r"out of credits|no credits?\b|credit balance is too low|used all available credits|included credits",
    r"doesn.t have any credits",
    r"requires more credits|purchase (?:more )?credits|not enough (?:credit|balance)",
    r"credit limit (?:exceeded|reached)|balance is (?:insufficient|too low|not enough)",
    r"billing[_ ](?:hard|not|limit)|account_deactivated|payment[_ ]required|top up|recharge",
    r"(?:spend(?:ing)?|usage|budget|credit|key) limits? (?:exceeded|reached|has been)",
    r"budget[_ ](?:has been )?exceeded|exceeded ?budget|specified api usage limits",
    r"monthly (?:included )?(?:credits|spending)|free[_ ]?tier ?only",
    r"arrearage|overdue|in good standing",
    r"account.{0,40}(?:suspended|not active|in arrears)",
    r"\u4f59\u989d\u4e0d\u8db3|\u989d\u5ea6(?:\u4e0d\u8db3|\u5df2\u7528\u5c3d)|\u6b20\u8d39|\u8bf7\u5145\u503c",
)
"""An account with nothing left, which no waiting brings back."""

QUOTA = Words(
    r"exceeded (?:your|the) current quota", r"quota[_ ](?:exceeded|exhausted)", r"quota is exhausted"
)
"""Said of accounts, and by Gemini of any limit."""

KEY = Words(
    r"(?:api|access|subscription|secret|auth\w*)[ _-]?(?:key|token)s?[^.]{0,40}?"
    r"(?:not[ _]valid|invalid|incorrect|expired|missing|required|wrong|revoked|disabled|leaked|not found"
    r"|not provided|malformed|rejected|blocked|unknown)",
    r"(?:invalid|incorrect|expired|missing|wrong|malformed|unknown|no|revoked|disabled)[ _-]"
    r"(?:or (?:missing|expired) )?(?:x-)?(?:api|access|subscription|virtual|secret|auth\w*|proxy)[ _-]?"
    r"(?:key|token|credentials?|header)",
    r"\binvalid token\b|valid api key|no auth credentials|authorization header|authentication fails",
    r"authentication[_ ](?:error|fail|required)|unauthorized|unauthenticated|not authenticated|not logged in",
    r"bad credentials|unregistered callers|security token|unrecognizedclient|login fail",
    r"carry the api secret key",
    r"signature (?:we calculated|does not match)|credentials? (?:are|is) (?:not valid|invalid)",
    r"\u65e0\u6548\u7684\u4ee4\u724c",
)

TOO_LONG = Words(
    r"context[_ ](?:length|window|size)|maximum (?:context|model|input) length|maximum context",
    r"exceed_context_size|context.{0,12}overflow|exceeds? .{0,80}n_ctx|max_model_len",
    r"too many (?:input )?tokens(?!(?: per \w+)?, please wait)|tokens exceed",
    r"tokens_limit_reached|model token limit",
    r"(?:prompt|input|request|message) (?:is )?too long|longer than the (?:maximum|model)",
    r"input[_ ](?:token|length).{0,80}exceed|string_above_max_length",
    r"request (?:body )?too large",
    r"reduce the length of (?:the|your|either)|maximum number of (?:input )?tokens",
    r"must have less than \d+ tokens|max_new_tokens.{0,20}must be",
    r"range of input length|input length should be",
    r"(?:prompt|inputs?) (?:tokens?|length).{0,40}(?:exceed|larger|greater)",
    r"cannot truncate prompt|max_seq_len|exceed max message tokens|extra usage is required for long",
)
TOO_LARGE_AT_ONCE = Words(
    r"request (?:body )?too large", r"reduce the length of", r"tokens_limit_reached", r"for long context"
)
"""Said with 429 of a request that no waiting makes fit."""

NO_MODEL = Words(
    r"model_not_found|model_not_available|model_not_supported|invalid_model|unknown_model|model_decommissioned",
    r"not a valid model|(?:unknown|invalid|unsupported) model|no such model|model identifier is invalid",
    r"model.{0,200}(?:does not exist|not found|not exist|no longer|deprecated|decommissioned"
    r"|not available|not supported|unavailable|not loaded|not deployed)",
    r"deploymentnotfound|deployment.{0,40}does not exist",
    r"no (?:healthy |available )?deployments? (?:available )?for",
    r"try pulling it|needs? to be (?:pulled|downloaded)|could not find suitable|not_found_error model:",
    r"repository not found|load a model first|engine is not loaded|model is not running",
    r"model_terms_required|requires terms acceptance",
    r"no models? (?:is |are )?(?:currently )?loaded|on-demand throughput isn.t supported",
    r"(?:endpoint with name|function) \S+ (?:does not exist|not found for account)",
    r"no endpoints found|llm provider not provided|key_model_access_denied|not allowed to access model",
    r"access to (?:the|this) model|unable to access model",
    r"not an llm|does not support (?:chat|generate|completion)|not a chat model|only supports? embeddings?",
    r"\u6a21\u578b\u4e0d\u5b58\u5728",
)

NO_ENDPOINT = Words(
    r"unexpected endpoint|invalid url|cannot (?:post|get) /|404 page not found|no route|route not found",
    r"unknown (?:request )?(?:url|endpoint|path|route)|method not allowed|no static resource",
    r"requested url was not found|resource not found|endpoint not (?:found|supported)",
    r"http request (?:was sent )?to (?:an )?https",
    r"api[- ]version.{0,40}(?:not supported|not found|invalid|missing|required)",
)
TLS_WANTED = Words(r"http request (?:was sent )?to (?:an )?https")

FILTERED = Words(
    r"content[_ ](?:filter|policy|management)|moderation|flagged|safety system",
    r"prohibited content|inappropriate content|data_inspection_failed|high risk|usage policies",
    r"sensitive (?:content|information)",
)

MEMORY = Words(
    r"requires more (?:system |gpu )?memory|out of (?:gpu |system |video |device )?memory|outofmemory",
    r"cudamalloc|insufficient (?:system |gpu |video )?(?:memory|resources)|resource limitations|vram",
    r"not enough (?:gpu |system |video |free )?memory|(?:failed|unable) to allocate|memory allocation",
)

LOADING = Words(
    r"loading model|(?:currently|still) loading|model (?:is )?(?:being )?loading|model load in progress",
    r"is (?:currently |still )?(?:starting|warming)|starting up|still starting|warming up|cold start",
    r"not (?:yet )?ready|initiali[sz]ing|waiting for \S+ runner to start",
)

REGION = Words(
    r"virtual network/firewall rules|public access is disabled",
    r"ip address.{0,60}(?:not allowed|blocked|denied)",
    r"unsupported_country|location is not supported|country, region|not available in your (?:country|region)",
)

BETWEEN = Words(
    r"just a moment|enable javascript|attention required|captcha|blocked",
    r"access (?:is )?(?:denied|restricted)",
    r"prox(?:y|ies)|firewall|captive|sign[ -]?in|log[ -]?in|single sign-on|authentication required",
)
"""Titles of pages by which something between here and the server answers in its place."""

OVERLOADED = Words(
    r"overload|at capacity|capacity exceeded|over capacity|maximum pending requests|server busy"
)

CROWDED = Words(
    r"rate limit (?:exceeded|reached)|rate_limit_(?:exceeded|reached)|too many requests|throttlingexception",
    r"too many tokens(?: per \w+)?, please wait",
    r"(?:qps|daily|rpm|tpm) (?:request )?limit (?:exceeded|reached)",
)
"""Too many calls, said with another status than 429."""

CRASHED = Words(
    r"model (?:has )?crashed|model unloaded|operation cancell?ed|operation was cancell?ed",
    r"degraded function|process has terminated|no longer running",
)
"""A server's own trouble, said with a status that blames the request."""

MALFORMED = Words(r"json_validate_failed|failed_generation|failed to (?:validate|generate) json")
"""A reply that the server itself found to be no JSON: the next one may be."""
