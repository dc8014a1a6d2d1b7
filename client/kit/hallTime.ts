// The hall's own time, wherever the device believes to be.

export const hallTimeZone = 'Asia/Shanghai'
