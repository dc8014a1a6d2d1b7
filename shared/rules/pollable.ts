// Which presets a hall can poll under with one ballot a seat and nothing else known of the seats.
import type { Preset } from './preset.ts'

/** Rules that weigh seats by households, or ask every unit: seats do not carry those figures. */
export const countsMoreThanSeats = ({ weights, quorum, pass }: Preset): boolean =>
  weights === 'household' || quorum?.basis === 'units' || pass.form === 'everyUnit'

/** Record-only presets are counted on paper outside. */
export const isPollable = (preset: Preset): boolean => !preset.recordOnly && !countsMoreThanSeats(preset)
