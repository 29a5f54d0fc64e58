"""Any map at all, ids and labels chosen to hurt."""

from hypothesis import strategies as st

from tests.hostile_maps import FRAGMENTS
from vidgist.models import ConceptMap, Edge, Group, Node

labels = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(FRAGMENTS), max_size=8).map("".join),
    st.lists(st.sampled_from(FRAGMENTS), max_size=8).map(" ".join),
    st.sampled_from(("x" * 400, "🚀" * 301, "\u200d" * 400, '"' * 300)),
)
ids = st.sampled_from(("a", "b", "c", "n0", "g0", "end", "", '"', "unknown"))
maps = st.builds(
    ConceptMap,
    direction=st.sampled_from(("LR", "TB")),
    nodes=st.lists(
        st.builds(Node, id=ids, label=labels, shape=st.sampled_from(("box", "round", "decision")), group=ids),
        max_size=9,
    ).map(tuple),
    edges=st.lists(st.builds(Edge, source=ids, target=ids, label=labels), max_size=9).map(tuple),
    groups=st.lists(st.builds(Group, id=ids, label=labels), max_size=5).map(tuple),
)
