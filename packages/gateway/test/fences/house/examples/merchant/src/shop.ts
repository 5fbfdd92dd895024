// caught by: nothing
import { greet } from '@lango/sdk'

export const shop = greet
