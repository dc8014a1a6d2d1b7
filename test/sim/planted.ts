// Bugs that the simulation must find, as changes of single lines: most of them stood in the hall once, or nearly did.

export interface Planted {
  readonly name: string
  readonly file: string
  /** As it stands, once in the file; a change of that line says so here. */
  readonly right: string
  readonly wrong: string
  /** Where it was found soon; from any other seed on it is found later. */
  readonly seed?: number
}

const stream = 'server/record/stream.ts'

export const planted: readonly Planted[] = [
  {
    name: 'a fresh reading of the record does not wait for one already under way',
    file: stream,
    right: '    await loading?.catch(() => {})\n',
    wrong: '',
  },
  {
    name: 'a late reading takes memory back to an older sequence',
    file: stream,
    right: 'const kept = keepNewer(next)',
    wrong: 'const kept = (memory = next)',
  },
  {
    name: 'a refusal that is committed takes memory back to an older sequence',
    file: stream,
    right: 'keepNewer(planned.memory)',
    wrong: 'memory = planned.memory',
  },
  {
    name: 'a reading that began before memory was dropped becomes the memory',
    file: stream,
    right: 'if (memory || next.seq >= told) return',
    wrong: 'if (next.seq >= 0) return',
  },
  {
    name: 'events are told before memory holds them',
    file: stream,
    right: '      .then(({ next, news }) => {\n',
    wrong: '      .then(({ next, news }) => {\n        if (next.state) tell(news, next.state, false)\n',
  },
  {
    name: 'an event is told twice',
    file: stream,
    right: 'events.filter(({ seq }) => seq > told)\n    const last',
    wrong: '[...events]\n    const last',
  },
  {
    name: 'a node that is behind refuses without looking again',
    file: stream,
    right: 'store.isShared && (await fresh()).seq !== seq',
    wrong: 'seq < 0',
  },
  {
    name: 'a node that is behind finds nothing left to do',
    file: stream,
    right: '({ events, steps }: Planned): boolean => events.length === 0 && steps.length > 0',
    wrong: '({ answers }: Planned): boolean => answers.some(({ result }) => !result.ok)',
  },
  {
    name: 'what was answered elsewhere is not looked up',
    file: stream,
    right: '      await recall(batch.map(({ commandId }) => commandId))\n',
    wrong: '',
  },
  {
    name: 'a ballot is refused by a node that is behind',
    file: 'server/record/newest.ts',
    right: 'found.checked.ok || !isShared',
    wrong: 'found.checked.ok || isShared',
  },
  {
    name: 'a ballot is taken when the urn is sealed',
    file: 'server/ballots/cast.ts',
    right: "        .where('u.state', '=', 'open')\n",
    wrong: '',
  },
  {
    name: 'an urn is counted before it is sealed',
    file: 'server/record/facts.ts',
    right:
      "  await seal(store, pollId)\n  if ((await urnState(store, pollId, '')).state === 'open') return { urn: 'unsettled' }\n",
    wrong: '',
  },
  {
    name: 'a session that ended elsewhere is believed for long',
    file: 'server/identity/sessions.ts',
    right: 'cacheMsFar = 5_000',
    wrong: 'cacheMsFar = 30_000',
  },
  {
    name: 'a session that ended while it was read is believed',
    file: 'server/identity/sessions.ts',
    right: 'if (generation === cache.generation()) cache',
    wrong: 'cache',
  },
  {
    name: 'a link that is withdrawn leaves its sessions',
    file: 'server/identity/cards.ts',
    right: '        sessions.ending(madeByLink(link)),\n',
    wrong: '',
  },
  {
    name: 'a draft is called saved where something came early',
    file: 'server/drafts/room.ts',
    right: 'connection.owes && !connection.settled',
    wrong: 'false',
    seed: 120,
  },
  {
    name: 'a row that came while a draft was read stands in its history twice',
    file: 'server/drafts/nodesRoom.ts',
    right: '...beyond(fresh.holdings, later)',
    wrong: '...later',
    seed: 260,
  },
]
