import { randomBytes } from 'node:crypto'
import type { Authorization, eCitizenWire } from '@lango/sdk'
import { boundedMap } from './bounded.ts'

export type User = eCitizenWire.UserInfo

/** One visitor. `signingIn` is kept from the redirect to eCitizen until the browser comes back. */
export type Session = {
  readonly id: string
  /** Stands in every form of this visitor; another site cannot know it. */
  readonly csrf: string
  readonly user: User | null
  readonly signingIn: Authorization | null
}

export type Sessions = ReturnType<typeof sessionStore>

const mostSessions = 1_000

/** Sessions in memory. The browser holds nothing but a random id. */
export function sessionStore() {
  const sessions = boundedMap<Session>(mostSessions)
  const keep = (session: Session): Session => {
    sessions.set(session.id, session)
    return session
  }
  return {
    find: (id: string | undefined): Session | undefined => (id === undefined ? undefined : sessions.get(id)),
    begin: (): Session => keep({ id: random(), csrf: random(), user: null, signingIn: null }),
    change: (session: Session, changes: Partial<Pick<Session, 'user' | 'signingIn'>>): Session =>
      keep({ ...session, ...changes }),
    /** Ends this session and begins one under a new id, so that an id from before the sign-in is worth nothing after it. */
    renew: (session: Session, user: User | null): Session => {
      sessions.delete(session.id)
      return keep({ id: random(), csrf: random(), user, signingIn: null })
    },
  }
}

function random(): string {
  return randomBytes(32).toString('base64url')
}
