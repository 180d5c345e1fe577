"""The five plans the house begins with; the account managers change them as they like."""

from django.db import migrations

PROVIDE, CHOOSE, SIGN = (
    "产品资料、价格与标志文件",
    "两款选一，或写明修改意见",
    "核准后签字盖章并传回",
)
# step, in English, working days before the due date, working days long, owner, client sees it
TEMPLATES = [
    ("平面广告", "Print ad", [
        ("工作简要与事实资料", "Brief and facts", 20, 1, "account", True, ""),
        ("提供产品资料与价格表", "Product facts and price list", 18, 2, "client", True, PROVIDE),
        ("初稿两款", "Two first layouts", 14, 4, "creative", True, ""),
        ("选定方向", "Choose a direction", 12, 2, "client", True, CHOOSE),
        ("拍摄与修图", "Shooting and retouching", 8, 4, "production", True, ""),
        ("完稿与校对", "Artwork and proofreading", 5, 3, "creative", True, ""),
        ("核准完稿并签回", "Approve and sign the artwork", 3, 2, "client", True, SIGN),
        ("印前与数码打样", "Prepress and digital proof", 1, 2, "production", False, ""),
        ("交付媒体", "Delivery to the media", 0, 1, "media", True, ""),
    ]),
    ("电视广告片", "TV film", [
        ("工作简要与事实资料", "Brief and facts", 55, 1, "account", True, ""),
        ("提供产品资料与样品", "Product facts and samples", 52, 3, "client", True, PROVIDE),
        ("创意与故事板", "Idea and storyboard", 42, 8, "creative", True, ""),
        ("选定故事板", "Choose a storyboard", 39, 3, "client", True, CHOOSE),
        ("导演与制作公司比价", "Director, three quotes", 34, 5, "production", False, ""),
        ("签署制作费预估", "Sign the production estimate", 31, 3, "client", True, SIGN),
        ("制作前会议", "Pre-production meeting", 26, 1, "account", True, ""),
        ("拍摄", "Shooting", 20, 3, "production", True, ""),
        ("粗剪", "Rough cut", 14, 5, "production", True, ""),
        ("核准粗剪", "Approve the rough cut", 12, 2, "client", True, CHOOSE),
        ("精剪、调色与配乐", "Final cut, grading and music", 6, 6, "production", True, ""),
        ("核准成片并签回", "Approve and sign the film", 4, 2, "client", True, SIGN),
        ("送审与制带", "Clearance and master tapes", 1, 3, "production", False, ""),
        ("播出带交付", "Delivery of the tapes", 0, 1, "media", True, ""),
    ]),
    ("单张折页", "Leaflet", [
        ("工作简要与事实资料", "Brief and facts", 22, 1, "account", True, ""),
        ("提供文字与图片资料", "Texts and pictures", 20, 2, "client", True, PROVIDE),
        ("版式与文案", "Layout and copy", 16, 4, "creative", True, ""),
        ("选定版式", "Choose a layout", 14, 2, "client", True, CHOOSE),
        ("正稿与校对", "Artwork and proofreading", 10, 4, "creative", True, ""),
        ("打样", "Proof", 8, 2, "production", True, ""),
        ("核准打样并签回", "Approve and sign the proof", 6, 2, "client", True, SIGN),
        ("印刷与装订", "Printing and binding", 1, 5, "supplier", True, ""),
        ("交付", "Delivery", 0, 1, "account", True, ""),
    ]),
    ("活动", "Event", [
        ("工作简要与预算", "Brief and budget", 40, 1, "account", True, ""),
        ("提供来宾名单与讲话稿", "Guest list and speeches", 25, 10, "client", True,
         "来宾名单、讲话人与讲话要点"),
        ("活动方案与流程", "Concept and running order", 32, 6, "creative", True, ""),
        ("选定方案", "Choose a concept", 29, 3, "client", True, CHOOSE),
        ("场地与供应商", "Venue and suppliers", 24, 5, "production", True, ""),
        ("签署制作费预估", "Sign the production estimate", 21, 3, "client", True, SIGN),
        ("设计与物料制作", "Design and materials", 5, 14, "production", True, ""),
        ("邀请发出", "Invitations out", 15, 2, "account", True, ""),
        ("彩排", "Rehearsal", 1, 1, "production", True, ""),
        ("活动举行", "The event", 0, 1, "account", True, ""),
    ]),
    ("数字广告", "Digital", [
        ("工作简要与事实资料", "Brief and facts", 15, 1, "account", True, ""),
        ("提供账号与素材", "Accounts and material", 13, 2, "client", True,
         "平台账号权限、标志与产品图片"),
        ("创意与文案", "Idea and copy", 10, 3, "creative", True, ""),
        ("选定方向", "Choose a direction", 9, 1, "client", True, CHOOSE),
        ("设计与制作", "Design and production", 5, 4, "creative", True, ""),
        ("测试与校对", "Testing and proofreading", 3, 2, "creative", False, ""),
        ("核准上线版本并签回", "Approve the final version", 1, 2, "client", True, SIGN),
        ("上线", "Going live", 0, 1, "media", True, ""),
    ]),
]  # fmt: skip
FIELDS = ("name", "name_en", "days_before", "days_long", "owner", "client_visible", "needs")


def ship(apps, schema_editor):
    """Each once; a name that is there already is left as it is."""
    templates = apps.get_model("jobs", "TimelineTemplate")
    rows = apps.get_model("jobs", "TemplateRow")
    for name, name_en, steps in TEMPLATES:
        template, is_new = templates.objects.get_or_create(name=name, defaults={"name_en": name_en})
        if is_new:
            rows.objects.bulk_create(
                rows(template=template, position=position, **dict(zip(FIELDS, step, strict=True)))
                for position, step in enumerate(steps, start=1)
            )


class Migration(migrations.Migration):
    replaces = [("jobs", "0007_five_timeline_templates")]
    dependencies = [("jobs", "0002_hold_jobs_and_estimates")]

    operations = [migrations.RunPython(ship, migrations.RunPython.noop, elidable=False)]
