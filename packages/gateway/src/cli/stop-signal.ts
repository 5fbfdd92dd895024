export type StopSignal = {
  /** Settles with the reason at the first request to stop. */
  readonly asked: Promise<string>
  readonly forget: () => void
}

/** A second request this long after the first means that the person will not wait. */
const impatientAfter = 1000

/**
 * Waits for SIGINT, SIGTERM, SIGHUP, or the end of the launcher that started this process. A terminal sends Ctrl-C to a
 * whole group and npm passes it on as well, so what comes twice at once is one request.
 */
export function listenForStop(): StopSignal {
  let since: number | null = null
  let settle: (reason: string) => void = () => undefined
  const asked = new Promise<string>((done) => (settle = done))
  const hear = (reason: string): void => {
    if (since !== null && performance.now() - since > impatientAfter) process.exit(130)
    since ??= performance.now()
    settle(reason)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const onDisconnect = (): void => hear('the launcher ended')
  for (const signal of signals) process.on(signal, hear)
  process.on('disconnect', onDisconnect)
  return {
    asked,
    forget: () => {
      for (const signal of signals) process.off(signal, hear)
      process.off('disconnect', onDisconnect)
      // An open channel to the launcher would keep this process running.
      if (process.connected) process.disconnect()
    },
  }
}
