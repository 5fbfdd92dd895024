// caught by: rooms everything-resolves
import { nobody } from './nowhere.ts'

export const lost: unknown = nobody
