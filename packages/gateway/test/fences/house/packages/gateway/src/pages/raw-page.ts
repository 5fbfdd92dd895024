import { raw } from 'hono/html'

export const rawPage = (text: string): unknown => raw(text)
