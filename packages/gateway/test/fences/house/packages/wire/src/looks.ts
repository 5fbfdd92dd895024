// caught by: rooms wire-knows-nobody
import { greet } from '../../sdk/src/index.ts'

export const said = greet()
