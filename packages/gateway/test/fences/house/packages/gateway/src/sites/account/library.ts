// caught by: rooms sites-brings-only-its-libraries
import { marked } from 'marked'

export const print = marked
