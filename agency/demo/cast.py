"""Who and what the demo agency holds, as plain data."""

from decimal import Decimal

PASSWORD = "harbour-and-tea"  # noqa: S105 printed for everybody; no site with DEBUG off has it
MAIL_HOST = "greenisle.example"

HOUSE = {
    "name": "青屿广告",
    "name_en": "Greenisle Advertising",
    "address": "上海市望海路 88 号 4 层",
    "postcode": "200051",
    "phone": "021-5550 0188",
    "fax": "021-5550 0189",
    "website": "greenisle.example",
    "tax_number": "91310000MA1DEMO26X",
    "bank": "示例银行上海望海支行 0000 0000 0000",
    "group_mail": "archive@greenisle.example",
}

# login, name, name in English, role, department
STAFF = [
    ("admin1", "石一", "Shi Yi", "admin", "office"),
    ("gad1", "顾闻溪", "Gu Wenxi", "gad", "account"),
    ("ad1", "沈砚秋", "Shen Yanqiu", "ad", "account"),
    ("ad2", "罗以宁", "Luo Yining", "ad", "account"),
    ("am1", "钟晚棠", "Zhong Wantang", "am", "account"),
    ("am2", "裴书禾", "Pei Shuhe", "am", "account"),
    ("ae1", "陆小满", "Lu Xiaoman", "ae", "account"),
    ("ae2", "许知行", "Xu Zhixing", "ae", "account"),
    ("ae3", "方栀", "Fang Zhi", "ae", "account"),
    ("ae4", "唐一帆", "Tang Yifan", "ae", "account"),
    ("finance1", "温如玉", "Wen Ruyu", "finance", "finance"),
    ("management1", "白长卿", "Bai Changqing", "management", "office"),
    ("creative1", "江照", "Jiang Zhao", "department", "creative"),
    ("media1", "简明达", "Jian Mingda", "department", "media"),
    ("production1", "霍青", "Huo Qing", "department", "production"),
]

GROUPS = {"消费品组": "gad1", "耐用与服务组": "gad1"}

# code: fields of the client, the team, brands
CLIENTS = {
    "LM": {
        "fields": {
            "name": "绿麦食品",
            "name_en": "Greenwheat Foods",
            "sector": "休闲食品",
            "status": "active",
        },
        "group": "消费品组",
        "team": ["ae1", "am1", "ad1", "creative1", "media1", "production1"],
        "brands": {"脆谷": ("Crisp Grain", ["冬季礼盒", "每日坚果"])},
        "contract": {
            "number": "LM-2026-01",
            "title": "年度全案服务合约",
            "kind": "project",
            "media_mode": "on_top",
        },
    },
    "YL": {
        "fields": {
            "name": "驭澜汽车",
            "name_en": "Yulan Motors",
            "sector": "汽车",
            "status": "active",
            "director_limit": Decimal("500000.00"),
        },
        "group": "耐用与服务组",
        "team": ["ae2", "am2", "ad2", "creative1", "media1"],
        "brands": {"驭澜": ("Yulan", ["澜行 SUV"])},
        "contract": {
            "number": "YL-2026-01",
            "title": "媒介代理合约",
            "kind": "media",
            "media_mode": "included",
            "service_fee_rate": Decimal("0.0300"),
        },
    },
    "AH": {
        "fields": {
            "name": "安禾健康",
            "name_en": "Anhe Health",
            "sector": "非处方药",
            "status": "active",
            "paper_language": "both",
        },
        "group": "消费品组",
        "team": ["ae3", "am1", "ad1", "creative1", "media1", "production1"],
        "brands": {"舒禾": ("Shuhe", ["舒禾含片"])},
        "contract": {"number": "AH-2026-01", "title": "创意与制作合约", "kind": "project"},
    },
    "HC": {
        "fields": {
            "name": "汇澄银行",
            "name_en": "Huicheng Bank",
            "sector": "银行",
            "status": "active",
            "report_clock": "working",
        },
        "group": "耐用与服务组",
        "team": ["ae4", "ad1", "media1"],
        "brands": {"汇澄": ("Huicheng", ["汇澄信用卡"])},
        "contract": {
            "number": "HC-2026-01",
            "title": "月费服务合约",
            "kind": "retainer",
            "media_billing": "direct",
            "monthly_fee": Decimal("60000.00"),
            "po_required": True,
        },
    },
    "QL": {
        "fields": {
            "name": "栖岭文旅",
            "name_en": "Qiling Resorts",
            "sector": "旅游",
            "status": "active",
            "fiscal_start_month": 4,
        },
        "group": "耐用与服务组",
        "team": ["ae2", "am2", "ad2"],
        "brands": {"栖岭": ("Qiling", ["栖岭山居"])},
        "contract": {"number": "QL-2026-01", "title": "项目服务合约", "kind": "project"},
    },
    "MT": {
        "fields": {
            "name": "木棠家居",
            "name_en": "Mutang Home",
            "sector": "家居",
            "status": "prospect",
        },
        "group": "消费品组",
        "team": ["ae1", "am1", "ad1"],
        "brands": {},
        "contract": None,
    },
}

# name, seats, equipment
ROOMS = [
    ("望海厅", 12, "投影、视频会议、白板"),
    ("听雨室", 6, "电视屏、白板"),
]

# name, form of address, title, flags (k key, gets budget and weekly report; s signer;
# r gets reports; x left)
CONTACTS = {
    "LM": [
        ("何嘉宁", "何女士", "市场总监", "ksr", Decimal("5000000.00"), "zh"),
        ("叶知秋", "叶女士", "品牌经理", "r", None, "zh"),
        ("林翀", "林先生", "采购经理", "", None, "zh"),
        ("周喆", "周先生", "前品牌经理", "rx", None, "zh"),
    ],
    "YL": [
        ("程屹", "程总", "市场部总监", "ksr", None, "zh"),
        ("苏珺", "苏女士", "媒介经理", "r", None, "zh"),
        ("顾镕", "顾先生", "公关经理", "", None, "zh"),
        ("丁堃", "丁先生", "前媒介主管", "x", None, "zh"),
    ],
    "AH": [
        ("Eleanor Whitcombe", "Ms Whitcombe", "Marketing Director", "ksr", None, "en"),
        ("孟珺", "孟女士", "品牌经理", "r", None, "zh"),
        ("赵镕", "赵律师", "法务", "", None, "zh"),
        ("钱祎", "钱女士", "前市场专员", "x", None, "zh"),
    ],
    "HC": [
        ("郑伯庸", "郑行长", "零售业务部总经理", "ksr", Decimal("300000.00"), "zh"),
        ("吴澄", "吴女士", "品牌主管", "r", None, "zh"),
        ("冯远", "冯先生", "前采购专员", "x", None, "zh"),
    ],
    "QL": [
        ("秦岭雪", "秦总", "营销总监", "ksr", None, "zh"),
        ("白露", "白女士", "内容主管", "r", None, "zh"),
        ("邵棠", "邵先生", "前营销专员", "x", None, "zh"),
    ],
    "MT": [
        ("秦若川", "秦总", "品牌总监", "ksr", None, "zh"),
        ("许木", "许先生", "市场经理", "r", None, "zh"),
    ],
}
