// caught by: nothing
import { marked } from 'marked'

export const print = marked
export const help = 'by route and class of status'
