// caught by: types TS2882, rooms everything-resolves
import './nowhere.css'
