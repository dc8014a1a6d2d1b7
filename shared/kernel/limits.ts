// Every bound of the hall in one place, each with its unit in its name.

export const limits = {
  // words
  titleCharsMax: 120,
  questionCharsMax: 300,
  reasonCharsMax: 300,
  nameCharsMax: 40,
  placeCharsMax: 120,
  // a meeting
  seatsMax: 5_000,
  partiesMax: 12,
  agendaItemsMax: 200,
  agendaDepthMax: 2,
  itemMinutesMax: 600,
  handsMax: 1_000,
  speechSecondsMax: 3_600,
  pollsPerMeetingMax: 500,
  pollOptionsMax: 50,
  lateBallotsRecordedPerSeatMax: 3,
  // the record
  refillEventsMax: 2_000,
  recordPageEvents: 500,
  commandBytesMax: 64 * 1024,
  commandBatchMax: 256,
  // doors
  liveFrameBytesMax: 128 * 1024,
  commandsPerSeatPerSecond: 20,
  commandsPerSeatBurst: 60,
  sessionTriesPerAddressPerMinute: 1_200,
  passwordTriesPerAddressPerMinute: 20,
  roomCodeTriesPerAddressPerMinute: 60,
  outboundBacklogBytesMax: 1024 * 1024,
  connectionsPerSeatMax: 8,
  // rosters
  rosterRowsMax: 5_000,
  rosterFileBytesMax: 8 * 1024 * 1024,
  // drafts
  draftFrameBytesMax: 4 * 1024 * 1024,
  draftTextBytesMax: 2 * 1024 * 1024,
  draftUpdatesMax: 200_000,
  awarenessBytesMax: 2 * 1024,
  // rates of live figures
  tallyTicksPerSecondMax: 10,
  // waiting room and screens
  waitingMax: 200,
  pairingCodeMinutes: 10,
  sessionDaysMax: 30,
} as const
