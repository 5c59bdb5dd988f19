"""`hri archive key`: this office's key, and whose keys it accepts."""

from __future__ import annotations

COMMANDS = {
    "show": "本单位的公钥，一行；第一次使用时生成。",
    "list": "登记过的公钥。",
    "trust": "认可对方的公钥；请先在电话里核对指纹。",
    "backup": "把密钥另存一份。",
    "restore": "放回 key backup 另存的密钥。",
    "replace": "换一把新密钥；旧的在本档案库作废。",
    "revoke": "不再接受这把公钥签名的文件。",
}
