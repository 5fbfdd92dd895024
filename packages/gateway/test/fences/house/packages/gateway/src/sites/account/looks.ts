// caught by: rooms sites-looks-only-where-allowed
import { greeting } from '@lango/wire'

export const looks = greeting
