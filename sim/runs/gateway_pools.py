"""Whose places a case uses at a gateway: those of a municipality, or of a jeugdteam near or in a school."""

from __future__ import annotations

from sim.cases.table import CaseTable
from sim.records import State
from sim.scenario.base import group_of
from sim.world import World

LINKED = frozenset({State.REFERRED, State.GATEWAY_WAIT, State.GATEWAY_HELP})


class GatewayPools:
    """Follows the cases of one replication and names the gateway that each was referred to."""

    def __init__(self, world: World, table: CaseTable) -> None:
        self._region, self._table = world.region, table
        self._models = world.scenario.care.linking.model.values()
        self._state: dict[int, State] = {}
        self._pool: dict[int, str] = {}
        self._left: set[int] = set()

    def leave_school(self, case: int) -> None:
        """Note that a student has left school: the linking of the school does not hold any more."""
        self._left.add(case)

    def enter(self, case: int, state: State) -> None:
        """Note that a case enters a state; on its way to a gateway it keeps the one it was referred to."""
        if state in LINKED and self._state.get(case) not in LINKED:
            self._pool[case] = self._linked(case)
        self._state[case] = state

    def pool(self, case: int) -> str:
        """Name the gateway of a case: the municipality, or the jeugdteam of a municipality or a school."""
        return self._pool[case]

    def _linked(self, case: int) -> str:
        region, table = self._region, self._table
        school, home = int(table.school[case]), region.municipality_ids[int(table.municipality[case])]
        if school < 0 or case in self._left:
            return home
        model = self._models[group_of(int(table.sector[case]), int(table.level[case]))]
        if model == "municipal_youth_team":
            return f"jeugdteam {region.municipality_ids[int(region.municipality[school])]}"
        return f"jeugdteam {region.school_ids[school]}" if model == "school_as_neighbourhood" else home
