// What stands around every page of the town face: the hall's name, the ways through it, language, mode and account.
import { type ReactNode, useState } from 'react'
import { Link, Redirect, useLocation } from 'wouter'
import type { HallView, SessionView } from '../../shared/wire/http.ts'
import { Banner } from '../kit/Banner.tsx'
import { Button } from '../kit/Button.tsx'
import { Dialog } from '../kit/Dialog.tsx'
import { LanguageSwitch } from '../kit/LanguageSwitch.tsx'
import { MenuButton } from '../kit/MenuButton.tsx'
import { ModeSwitch } from '../kit/ModeSwitch.tsx'
import { Skeleton } from '../kit/Skeleton.tsx'
import { toast } from '../kit/Toasts.tsx'
import { useSession } from '../link/session.ts'
import { kitWords } from '../words/kit.ts'
import { useRefusal } from '../words/refusals.ts'
import { townWords } from '../words/town.ts'
import { useWords } from '../words/words.ts'
import { ChangePassword } from './ChangePassword.tsx'
import { paths } from './calls.ts'
import { useLoaded } from './loaded.tsx'
import styles from './Town.module.css'

export const isStaff = (session: SessionView): boolean =>
  session.role === 'secretary' || session.role === 'facilitator' || session.role === 'clerk'

/** The role of the account that is signed in; `null` for everybody else. */
export const useStaffRole = (): SessionView['role'] | null => {
  const { session } = useSession()
  return session !== null && session !== 'loading' && isStaff(session) ? session.role : null
}

const Brand = ({ to }: { to: string }) => {
  const word = useWords(townWords)
  const [hall] = useLoaded<HallView>(paths.hall)
  const name = hall.status === 'loaded' ? hall.value.name : ''
  return (
    <Link className={styles.brand} href={to}>
      <img src="/seal.svg" alt="" />
      {name === '' ? word('hall') : name}
    </Link>
  )
}

/** Language, text size and light of this device. */
export const DeviceTools = () => {
  const kitWord = useWords(kitWords)
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <LanguageSwitch />
      <Button kind="quiet" onPress={() => setOpen(true)}>
        {kitWord('textSize')}
      </Button>
      <Dialog title={kitWord('textSize')} isOpen={isOpen} onClose={() => setOpen(false)}>
        <ModeSwitch />
      </Dialog>
    </>
  )
}

export const PublicFrame = ({ children }: { children: ReactNode }) => (
  <>
    <header className={styles.top}>
      <div className={styles.nav}>
        <Brand to="/" />
      </div>
      <div className={styles.tools}>
        <DeviceTools />
      </div>
    </header>
    <main className={styles.page}>{children}</main>
  </>
)

/** Pages for staff only; whoever is not signed in is asked to, and comes back to where they were going. */
export const HallFrame = ({ children }: { children: ReactNode }) => {
  const { session, trouble } = useSession()
  const [location] = useLocation()
  const refusalWord = useRefusal()
  const [isChangingPassword, setChangingPassword] = useState(false)
  if (session === 'loading')
    return (
      <PublicFrame>
        {trouble === null ? <Skeleton lines={5} /> : <Banner tone="offline">{refusalWord(trouble)}</Banner>}
      </PublicFrame>
    )
  if (session === null || !isStaff(session))
    return <Redirect to={`/sign-in?next=${encodeURIComponent(location)}`} replace />
  return (
    <>
      <header className={styles.top}>
        <Brand to="/hall" />
        <Nav session={session} location={location} />
        <div className={styles.tools}>
          <DeviceTools />
          <AccountMenu session={session} onChangePassword={() => setChangingPassword(true)} />
        </div>
      </header>
      <main className={styles.page}>
        {children}
        {isChangingPassword ? <ChangePassword onClose={() => setChangingPassword(false)} /> : null}
      </main>
    </>
  )
}

const Nav = ({ session, location }: { session: SessionView; location: string }) => {
  const word = useWords(townWords)
  const isMeetings = location === '/hall' || location.startsWith('/hall/meetings')
  const links = [
    { to: '/hall', label: word('navMeetings'), isHere: isMeetings },
    { to: '/hall/roster', label: word('navRoster'), isHere: location.startsWith('/hall/roster') },
    { to: '/hall/matters', label: word('navMatters'), isHere: location.startsWith('/hall/matters') },
    { to: '/hall/presets', label: word('navPresets'), isHere: location.startsWith('/hall/presets') },
    ...(session.role === 'secretary'
      ? [{ to: '/hall/accounts', label: word('navAccounts'), isHere: location.startsWith('/hall/accounts') }]
      : []),
  ]
  return (
    <nav className={styles.nav} aria-label={word('navLabel')}>
      {links.map(({ to, label, isHere }) => (
        <Link key={to} href={to} className={styles.navLink} aria-current={isHere ? 'page' : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  )
}

const AccountMenu = ({
  session,
  onChangePassword,
}: {
  session: SessionView
  onChangePassword: () => void
}) => {
  const word = useWords(townWords)
  const refusalWord = useRefusal()
  const { signOut } = useSession()
  const [, go] = useLocation()
  const leave = async () => {
    const answer = await signOut()
    if (!answer.ok) return toast(refusalWord(answer.refusal), { tone: 'warn' })
    toast(word('signedOut'), { tone: 'good' })
    go('/')
  }
  return (
    <MenuButton
      label={session.name}
      items={[
        { id: 'changePassword', label: word('changePassword'), onAction: onChangePassword },
        { id: 'signOut', label: word('signOut'), onAction: () => void leave() },
      ]}
    />
  )
}
