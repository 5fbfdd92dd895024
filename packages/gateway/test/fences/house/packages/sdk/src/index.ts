// caught by: nothing
import { greeting } from '@lango/wire'

export const greet = (): string => greeting
