"""Why the operating system refused, in Chinese, whatever language it says it in itself."""

from __future__ import annotations

import errno

_REASONS = {
    "EACCES": "没有权限",
    "EBUSY": "正被别的程序占用",
    "EDQUOT": "超出了磁盘配额",
    "EEXIST": "文件已存在",
    "EFBIG": "文件太大",
    "EINVAL": "名称或操作不合规定",
    "EIO": "磁盘读写出错",
    "EISDIR": "是一个文件夹",
    "ELOOP": "链接绕成了圈",
    "EMFILE": "打开的文件太多",
    "ENAMETOOLONG": "文件名太长",
    "ENFILE": "打开的文件太多",
    "ENODEV": "没有这个设备",
    "ENOENT": "没有这个文件或文件夹",
    "ENOMEM": "内存不足",
    "ENOSPC": "磁盘已满",
    "ENOTDIR": "路径中间有一段不是文件夹",
    "ENOTEMPTY": "文件夹不是空的",
    "ENOTSUP": "这里不支持这种操作",
    "ENXIO": "没有这个设备",
    "EPERM": "没有权限",
    "EPIPE": "接收的一方已经关闭",
    "EROFS": "只读文件系统",
    "ESTALE": "网络盘已断开",
    "ETIMEDOUT": "没有应答",
    "ETXTBSY": "正被别的程序占用",
}
_BY_NUMBER = {getattr(errno, name): text for name, text in _REASONS.items() if hasattr(errno, name)}
_SHARING_VIOLATIONS = (32, 33)


def os_reason(error: OSError) -> str:
    """Return in Chinese why the system refused, whatever language it says it in itself."""
    # Windows says "no permission" where another program holds the file.
    if getattr(error, "winerror", None) in _SHARING_VIOLATIONS:
        return _REASONS["EBUSY"]
    if error.errno is None:
        return "系统没有说明原因"
    return _BY_NUMBER.get(error.errno, f"系统错误 {error.errno}")
