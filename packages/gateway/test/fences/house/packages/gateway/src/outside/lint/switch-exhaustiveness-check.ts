// caught by: lint switch-exhaustiveness-check
export function say(kind: 'paid' | 'open'): string {
  switch (kind) {
    case 'paid':
      return 'paid'
  }
  return ''
}
