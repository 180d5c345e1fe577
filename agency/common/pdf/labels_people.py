"""People of our side, by role or department, as they stand on papers."""

PEOPLE = {
    "ae": ("客户执行", "Account Executive"),
    "am": ("客户部经理", "Account Manager"),
    "ad": ("客户总监", "Account Director"),
    "gad": ("客户群总监", "Group Account Director"),
    "management": ("管理层", "Management"),
    "admin": ("系统管理", "Administrator"),
    "account": ("客户服务部", "Account Service"),
    "creative": ("创意部", "Creative"),
    "media": ("媒介部", "Media"),
    "production": ("制作部", "Production"),
    "finance": ("财务部", "Finance"),
    "office": ("行政", "Office"),
}
