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
  scoreMax: 100,
  /** Bundles of equal papers on one teller's sheet. */
  paperLinesMax: 500,
  seatWeightMax: 10_000,
  lateBallotsRecordedPerSeatMax: 3,
  amendmentsPerItemMax: 60,
  amendmentsPerSeatAndItemMax: 5,
  passageCharsMax: 300,
  // rule presets of a unit's own
  presetsPerUnitMax: 100,
  presetVersionsMax: 200,
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
  // matters
  mattersListedMax: 500,
  noticeDaysMax: 3_650,
  // rosters
  rosterRowsMax: 5_000,
  rosterFileBytesMax: 8 * 1024 * 1024,
  // drafts
  draftFrameBytesMax: 4 * 1024 * 1024,
  draftTextBytesMax: 2 * 1024 * 1024,
  draftUpdatesMax: 200_000,
  awarenessBytesMax: 2 * 1024,
  // around a draft
  versionsPerDraftMax: 500,
  versionNameCharsMax: 60,
  commentsPerDraftMax: 1_000,
  commentCharsMax: 1_000,
  commentQuoteCharsMax: 300,
  commentsPerPersonPerMinute: 20,
  uploadBytesMax: 1024 * 1024,
  uploadSidePixelsMax: 2_400,
  uploadsPerDraftMax: 200,
  uploadsPerPersonPerMinute: 30,
  // rates of live figures
  tallyTicksPerSecondMax: 10,
  // waiting room and screens
  waitingMax: 200,
  pairingCodeMinutes: 10,
  sessionDaysMax: 30,
} as const
