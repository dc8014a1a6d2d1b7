// The marks of the pages, drawn with one pen.
export type TabMarkId = 'now' | 'draft' | 'floor' | 'agenda' | 'polls'

const paths: Readonly<Record<TabMarkId, string>> = {
  now: 'M12 3v3M12 18v3M3 12h3M18 12h3M12 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z',
  draft: 'M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6',
  floor:
    'M8 21v-5l-2.6-4.2a1.5 1.5 0 0 1 2.5-1.6L9 11.6V4.8a1.4 1.4 0 0 1 2.8 0V10h4.4A2.8 2.8 0 0 1 19 12.8V21z',
  agenda: 'M9 6h11M9 12h11M9 18h11M4 6h.5M4 12h.5M4 18h.5',
  polls: 'M4 10h16v10H4zM7 10V7M17 10V7M9 4h6v9H9zM11 7h2',
}

export const TabMark = ({ id }: { id: TabMarkId }) => (
  <svg viewBox="0 0 24 24" width="1.5em" height="1.5em" aria-hidden="true">
    <path
      d={paths[id]}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
)
