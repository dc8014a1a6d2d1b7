// How long the next speaker gets: chosen once, kept until changed; every way of giving the floor uses it.
import { create } from 'zustand'
import { limits } from '../../shared/kernel/limits.ts'

export const offeredSeconds: readonly number[] = [60, 120, 180, 300]
export const secondsMin = 10

export const useSpeechSeconds = create<{ readonly seconds: number }>(() => ({ seconds: 180 }))

export const setSpeechSeconds = (seconds: number): void => useSpeechSeconds.setState({ seconds })

export const isSpeechLength = (seconds: number): boolean =>
  Number.isInteger(seconds) && seconds >= secondsMin && seconds <= limits.speechSecondsMax
