// Done, as a mark.
export const Tick = () => (
  <svg viewBox="0 0 24 24" width="1.2em" height="1.2em" aria-hidden="true" style={{ flex: 'none' }}>
    <circle cx="12" cy="12" r="11" fill="currentColor" />
    <path
      d="M6.5 12.5l3.8 3.8 7.2-8.2"
      fill="none"
      stroke="var(--sheet)"
      strokeWidth="2.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
)
