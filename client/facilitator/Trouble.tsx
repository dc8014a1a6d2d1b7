// Why an order was refused, inside the dialog that gave it.
import { Banner } from '../kit/Banner.tsx'

export const Trouble = ({ children }: { children: string | null }) =>
  children === null ? null : <Banner tone="warn">{children}</Banner>
