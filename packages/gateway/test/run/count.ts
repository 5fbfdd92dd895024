import type { TestsStream } from 'node:test'

export type Counted = {
  readonly passed: number
  readonly failed: number
  /** The names of tests that were skipped or are still to do. */
  readonly skipped: readonly string[]
  /** Files that ran to their end and held no test: node:test calls each of them one that passed. */
  readonly empty: readonly string[]
}

/** Counts tests as they end, and returns what reads the counts. Suites are not counted, a suite that fails by itself is. */
export function countUp(stream: TestsStream): () => Counted {
  let passed = 0
  let failed = 0
  const skipped: string[] = []
  const empty: string[] = []
  stream.on('test:pass', (event) => {
    if (isSet(event.skip) || isSet(event.todo)) skipped.push(nameOf(event))
    else if (event.name === event.file) empty.push(event.name)
    else if (event.details.type !== 'suite') passed += 1
  })
  stream.on('test:fail', (event) => {
    if (isSet(event.skip) || isSet(event.todo)) skipped.push(nameOf(event))
    // A parent that failed only because of its children is no failure of its own.
    else if (failureOf(event.details.error) !== 'subtestsFailed') failed += 1
  })
  return () => ({ passed, failed, skipped, empty })
}

/** `skip: true` without a reason and `skip: 'reason'` both mean it; `skip: false` stands for nothing. */
function isSet(mark: string | boolean | undefined): boolean {
  return mark !== undefined && mark !== false
}

function nameOf({ name, file }: { readonly name: string; readonly file?: string | undefined }): string {
  return file === undefined ? name : `${name} (${file})`
}

function failureOf(error: Error): string {
  return (error as { failureType?: string }).failureType ?? ''
}
