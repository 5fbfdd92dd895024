/** Reads the first form of a page as a browser would submit it. */
export type Form = { readonly action: string; readonly fields: Readonly<Record<string, string>> }

export function formIn(markup: string): Form {
  const form = /<form[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/.exec(markup)
  if (form === null) throw new Error(`no form in: ${markup}`)
  const [, action = '', inside = ''] = form
  const inputs = [...inside.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)]
  return {
    action: unescaped(action),
    fields: Object.fromEntries(inputs.map(([, name = '', value = '']) => [name, unescaped(value)])),
  }
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#x27;': "'",
  '&apos;': "'",
}

function unescaped(text: string): string {
  return text.replaceAll(/&(?:\w+|#\w+);/g, (entity) => entities[entity] ?? entity)
}
