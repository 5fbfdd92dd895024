/** What a process that the bench started is asked over IPC. */
export type Question = { readonly id: number; readonly name: string; readonly value: unknown }
export type Reply =
  { readonly id: number; readonly value: unknown } | { readonly id: number; readonly fault: string }

export type Usage = {
  /** Of the whole process, its threads included, since it began. */
  readonly cpuMicros: number
  readonly rssBytes: number
}

type Answers<Asked, Answered> = Readonly<Record<string, (asked: Asked) => Promise<Answered> | Answered>>

/** Answers its parent's questions. Each process can tell its use of the machine; it ends when its parent lets go of it. */
export function answerParent<Asked, Answered>(
  answers: Answers<Asked, Answered>,
  end: () => Promise<unknown> = () => Promise.resolve(),
): void {
  process.on('message', (question: Question) => {
    void answer(question, answers).then((reply) => process.send?.(reply))
  })
  process.on('disconnect', () => void end().finally(() => process.exit(0)))
}

async function answer<Asked, Answered>(
  { id, name, value }: Question,
  answers: Answers<Asked, Answered>,
): Promise<Reply> {
  try {
    if (name === 'usage') return { id, value: usage() }
    const asked = answers[name]
    if (asked === undefined) throw new Error(`nobody answers ${name}`)
    // The other end of this channel is startChild, which is typed by the same names.
    return { id, value: await asked(value as Asked) }
  } catch (fault) {
    return { id, fault: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault) }
  }
}

function usage(): Usage {
  const { user, system } = process.cpuUsage()
  return { cpuMicros: user + system, rssBytes: process.memoryUsage.rss() }
}
