// Which panels stand where: the middle and the side of a laptop, or all in one row of tabs on a tablet.
import { create } from 'zustand'

export type MiddlePanel = 'floor' | 'poll' | 'draft'
export type SidePanel = 'attendance' | 'desk' | 'stage'
export type Panel = 'agenda' | MiddlePanel | SidePanel

export const middlePanels: readonly MiddlePanel[] = ['floor', 'poll', 'draft']
export const sidePanels: readonly SidePanel[] = ['attendance', 'desk', 'stage']

interface Panels {
  readonly middle: MiddlePanel
  readonly side: SidePanel
  /** The one shown where there is room for one only. */
  readonly single: Panel
}

export const usePanels = create<Panels>(() => ({ middle: 'floor', side: 'attendance', single: 'floor' }))

const isMiddle = (panel: Panel): panel is MiddlePanel => middlePanels.some((one) => one === panel)
const isSide = (panel: Panel): panel is SidePanel => sidePanels.some((one) => one === panel)

export const showPanel = (panel: Panel): void =>
  usePanels.setState({
    single: panel,
    ...(isMiddle(panel) ? { middle: panel } : {}),
    ...(isSide(panel) ? { side: panel } : {}),
  })
