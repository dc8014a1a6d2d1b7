// Loaded before a node (`node --import`): its clock is wrong by CLOCK_SKEW_MS, as on a machine that was set wrongly.
const skewMs = Number(process.env.CLOCK_SKEW_MS)
const RightDate = Date
const now = () => RightDate.now() + skewMs

globalThis.Date = class extends RightDate {
  constructor(...args) {
    if (args.length === 0) super(now())
    else super(...args)
  }

  static now() {
    return now()
  }
}
